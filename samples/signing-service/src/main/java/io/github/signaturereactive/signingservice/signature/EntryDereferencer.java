package io.github.signaturereactive.signingservice.signature;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipFile;
import javax.xml.crypto.Data;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.URIDereferencer;
import javax.xml.crypto.URIReference;
import javax.xml.crypto.URIReferenceException;
import javax.xml.crypto.XMLCryptoContext;
import javax.xml.crypto.dsig.XMLSignatureFactory;

/** Opens zip entries as streams for the verification of a signature, and records the entries that were read. */
public final class EntryDereferencer implements URIDereferencer {

    private final ZipFile zip;
    private final Set<String> names;
    private final Map<String, BundleEntry> read = new HashMap<>();

    /** Creates a dereferencer of entries of the zip file with these names. */
    public EntryDereferencer(ZipFile zip, Set<String> names) {
        this.zip = zip;
        this.names = names;
    }

    /** Returns the entries that were read to their end. */
    Map<String, BundleEntry> read() {
        return read;
    }

    @Override
    public Data dereference(URIReference reference, XMLCryptoContext context) throws URIReferenceException {
        String uri = reference.getURI();
        if (uri.startsWith("#")) {
            return XMLSignatureFactory.getInstance("DOM").getURIDereferencer().dereference(reference, context);
        }
        String name = BundleVerification.entryName(uri, names);
        if (name == null) {
            throw new URIReferenceException("No entry " + uri);
        }
        try {
            return new OctetStreamData(new Recording(name, zip.getInputStream(zip.getEntry(name))), uri, null);
        } catch (IOException e) {
            throw new URIReferenceException(e);
        }
    }

    private final class Recording extends FilterInputStream {

        private final String name;
        private final MessageDigest digest;
        private long size;

        Recording(String name, InputStream entry) {
            this(name, entry, Sha256.digest());
        }

        private Recording(String name, InputStream entry, MessageDigest digest) {
            super(new DigestInputStream(entry, digest));
            this.name = name;
            this.digest = digest;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? next : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            count(count);
            return count;
        }

        private void count(int count) {
            if (count > 0) {
                size += count;
            } else if (count < 0) {
                read.computeIfAbsent(name, n -> new BundleEntry(n, size, Sha256.hex(digest)));
            }
        }
    }
}
