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
 * What somebody has typed into the form for a new job, and what is wrong with it.
 *
 * @param title what it is about
 * @param flow how it is to get to its signers
 * @param personalNumber who signs here
 * @param signers who is to be invited, one of them in each line of the form
 * @param inOrder whether they sign one after the other
 * @param errors what is wrong, by the name of the control
 */
record JobForm(
        String title,
        Flow flow,
        String personalNumber,
        List<String> signers,
        boolean inOrder,
        Map<String, String> errors) {

    /** How many signers the form has room for. */
    static final int LINES = 5;

    static final String DOCUMENTS = "documents";

    private static final int LONGEST_TITLE = 80;

    /** As it is at first. */
    static JobForm empty() {
        return new JobForm("", Flow.DIRECT, "", lines(List.of()), false, Map.of());
    }

    /** As it was sent. */
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

    /** The files that were sent; a control without a file sends one without a name. */
    static List<FilePart> files(MultiValueMap<String, Part> parts) {
        return parts.getOrDefault(DOCUMENTS, List.of()).stream()
                .filter(FilePart.class::isInstance)
                .map(FilePart.class::cast)
                .filter(file -> !file.filename().isBlank())
                .toList();
    }

    /** What becomes of a form that is not read, since it is much too large. */
    static InvalidFormException tooLarge() {
        return new InvalidFormException(empty().with(Map.of(DOCUMENTS, Uploads.TOO_LARGE)), 413);
    }

    /** The same, with what is wrong. */
    JobForm with(Map<String, String> wrong) {
        return new JobForm(title, flow, personalNumber, signers, inOrder, wrong);
    }

    /** The job that is wanted; or, if anything is wrong, {@link InvalidFormException}. */
    NewJob job(List<Uploads.Saved> uploaded) {
        Map<String, String> wrong = new LinkedHashMap<>();
        if (title.isEmpty()) {
            wrong.put("title", "Enter a title.");
        } else if (title.length() > LONGEST_TITLE) {
            wrong.put("title", "Use at most " + LONGEST_TITLE + " characters. This title has " + title.length() + ".");
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

    /** What the browser calls the page. */
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

    /** Does not tell who signs. */
    @Override
    public String toString() {
        return "JobForm[" + flow + ", errors=" + errors.keySet() + "]";
    }
}
