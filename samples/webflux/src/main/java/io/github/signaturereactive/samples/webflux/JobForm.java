package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.portal.SignerIdentifier;
import io.github.signaturereactive.portal.SignerIdentifier.PersonalIdentificationNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.FormFieldPart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.util.MultiValueMap;

/**
 * The input of the form for a new job, with its errors.
 *
 * @param title the title of the job
 * @param flow the flow
 * @param personalNumber the personal identification number of the signer of a direct job
 * @param signers the identifiers of the signers of a portal job, one for each line of the form
 * @param inOrder whether signers sign one after the other
 * @param errors the error messages by the name of the control
 */
record JobForm(
        String title,
        Flow flow,
        String personalNumber,
        List<String> signers,
        boolean inOrder,
        Map<String, String> errors) {

    /** The number of signers in the form. */
    static final int LINES = 5;

    static final String DOCUMENTS = "documents";

    private static final int MAX_TITLE_LENGTH = 80;

    /** Returns the empty form. */
    static JobForm empty() {
        return new JobForm("", Flow.DIRECT, "", lines(List.of()), false, Map.of());
    }

    /** Returns the form as submitted. */
    static JobForm of(MultiValueMap<String, Part> parts) {
        List<String> signers = parts.getOrDefault("signer", List.of()).stream()
                .map(JobForm::text)
                .limit(LINES)
                .toList();
        return new JobForm(
                text(parts.getFirst("title")).strip(),
                text(parts.getFirst("flow")).equals("PORTAL") ? Flow.PORTAL : Flow.DIRECT,
                text(parts.getFirst("personalNumber")).strip(),
                lines(signers),
                parts.containsKey("inOrder"),
                Map.of());
    }

    /** Returns the submitted files. A control without a file submits a file without a name. */
    static List<FilePart> files(MultiValueMap<String, Part> parts) {
        return parts.getOrDefault(DOCUMENTS, List.of()).stream()
                .filter(FilePart.class::isInstance)
                .map(FilePart.class::cast)
                .filter(file -> !file.filename().isBlank())
                .toList();
    }

    /** Returns the error for a form that is so large that it is not read. */
    static InvalidFormException tooLarge() {
        return new InvalidFormException(empty().with(Map.of(DOCUMENTS, Uploads.TOO_LARGE)), 413);
    }

    /** Returns the form with these errors. */
    JobForm with(Map<String, String> wrong) {
        return new JobForm(title, flow, personalNumber, signers, inOrder, wrong);
    }

    /**
     * Returns the job.
     *
     * @throws InvalidFormException if any input is invalid
     */
    NewJob job(List<Uploads.SavedUpload> uploaded) {
        Map<String, String> wrong = new LinkedHashMap<>();
        if (title.isEmpty()) {
            wrong.put("title", "Enter a title.");
        } else if (title.length() > MAX_TITLE_LENGTH) {
            wrong.put(
                    "title", "Use at most " + MAX_TITLE_LENGTH + " characters. This title has " + title.length() + ".");
        }
        if (title.codePoints()
                .anyMatch(character -> Character.isISOControl(character) || !Character.isDefined(character))) {
            wrong.put("title", "Use letters, digits and punctuation only.");
        }
        Uploads.problem(uploaded).ifPresent(problem -> wrong.put(DOCUMENTS, problem));
        List<SignerIdentifier> people = flow == Flow.DIRECT ? here(wrong) : invited(wrong);
        if (!wrong.isEmpty()) {
            throw new InvalidFormException(with(wrong), 422);
        }
        return new NewJob(
                title,
                flow,
                people,
                inOrder,
                uploaded.stream()
                        .map(file -> new NewJob.Document(file.title(), file.file()))
                        .toList());
    }

    /** Returns the title of the page. */
    public String heading() {
        return errors.isEmpty() ? "New job" : "Please check what you entered";
    }

    private List<SignerIdentifier> here(Map<String, String> wrong) {
        Optional<SignerIdentifier> signer =
                Signer.identifiedBy(personalNumber).filter(PersonalIdentificationNumber.class::isInstance);
        if (signer.isEmpty()) {
            wrong.put(
                    "personalNumber",
                    personalNumber.isEmpty()
                            ? "Enter your personal identification number."
                            : "A personal identification number has eleven digits.");
        }
        return signer.stream().toList();
    }

    private List<SignerIdentifier> invited(Map<String, String> wrong) {
        List<SignerIdentifier> people = new ArrayList<>();
        for (int line = 0; line < signers.size(); line++) {
            String typed = signers.get(line);
            if (typed.isBlank()) {
                continue;
            }
            Optional<SignerIdentifier> signer = Signer.identifiedBy(typed);
            if (signer.isEmpty()) {
                wrong.put(
                        "signer" + line,
                        "Enter a personal identification number of eleven digits, an e-mail address, or a mobile number.");
            } else if (people.contains(signer.get())) {
                wrong.put("signer" + line, "This signer is on the list already.");
            } else {
                people.add(signer.get());
            }
        }
        if (people.isEmpty() && wrong.keySet().stream().noneMatch(name -> name.startsWith("signer"))) {
            wrong.put("signer0", "Enter at least one signer.");
        }
        return people;
    }

    private static List<String> lines(List<String> typed) {
        return IntStream.range(0, LINES)
                .mapToObj(line -> line < typed.size() ? typed.get(line).strip() : "")
                .toList();
    }

    private static String text(@Nullable Part part) {
        return part instanceof FormFieldPart field ? field.value() : "";
    }

    /** Omits the signers, which are personal data. */
    @Override
    public String toString() {
        return "JobForm[" + flow + ", errors=" + errors.keySet() + "]";
    }
}
