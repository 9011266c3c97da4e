"use strict";

// Times in the reader's own zone; without script they are the server's.
const localTimes = (root) => root.querySelectorAll("time[datetime]").forEach((time) => {
    const seconds = time.textContent.split(":").length > 2 ? {second: "2-digit"} : {};
    time.textContent = new Intl.DateTimeFormat("en-GB", {
        day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", ...seconds,
    }).format(new Date(time.dateTime));
});

// A job as it changes.
const changing = document.getElementById("changing");
if (changing && changing.dataset.events) {
    const html = (element) => element.innerHTML.replace(/\s+/g, " ").trim(); // events lose some blanks
    let shown = html(changing); // as it came, before anything is done to it
    const events = new EventSource(changing.dataset.events);
    const show = (event) => {
        const next = document.createElement("template");
        next.innerHTML = event.data;
        if (html(next) === shown) {
            return; // the first event tells how it is
        }
        shown = html(next);
        const before = changing.querySelector("#headline").textContent;
        const changes = changing.querySelectorAll(".change").length;
        const focused = changing.contains(document.activeElement) ? document.activeElement.id : "";
        changing.replaceChildren(next.content);
        localTimes(changing);
        changing.querySelectorAll(".change").forEach((change, i) => change.classList.toggle("fresh", i >= changes));
        if (focused) {
            (document.getElementById(focused) || changing.querySelector("a, button"))?.focus();
        }
        const after = changing.querySelector("#headline").textContent;
        if (after !== before) {
            document.getElementById("said").textContent = changing.querySelector("#status").textContent + ". " + after;
        }
    };
    events.addEventListener("change", show);
    events.addEventListener("last", (event) => {
        events.close();
        show(event);
    });
}

localTimes(document);

// The form for a new job.
const form = document.getElementById("new-job");
if (form) {
    const limit = 10 * 1024 * 1024;
    const documents = document.getElementById("documents");
    const chosen = document.getElementById("chosen");
    const size = (bytes) => bytes < 1024 * 1024
        ? Math.max(1, Math.round(bytes / 1024)) + " kB" : (bytes / 1024 / 1024).toFixed(1) + " MB";
    const tooLarge = () => [...documents.files].reduce((sum, file) => sum + file.size, 0) > limit;
    const list = () => {
        chosen.replaceChildren(...[...documents.files].map((file) => {
            const line = document.createElement("li");
            line.append(...[file.name, size(file.size)].map((text) => {
                const span = document.createElement("span");
                span.textContent = text;
                return span;
            }));
            return line;
        }));
        if (tooLarge()) {
            const line = document.createElement("li");
            line.className = "error";
            line.textContent = "The documents are larger than 10 MB together.";
            chosen.append(line);
        }
    };
    documents.addEventListener("change", list);
    list();

    const lines = [...form.querySelectorAll(".signer")];
    const more = document.getElementById("add-signer");
    const used = (line) => line.querySelector("input").value !== "" || line.classList.contains("wrong");
    lines.forEach((line, i) => { line.hidden = i > 0 && !lines.slice(i).some(used); });
    const offer = () => { more.hidden = !lines.some((line) => line.hidden); };
    more.addEventListener("click", () => {
        const next = lines.find((line) => line.hidden);
        next.hidden = false;
        next.querySelector("input").focus();
        offer();
    });
    offer();

    const send = document.getElementById("send");
    form.addEventListener("submit", (event) => {
        if (tooLarge()) {
            event.preventDefault();
            documents.focus();
        } else if (send.getAttribute("aria-disabled")) {
            event.preventDefault(); // it is being sent
        } else {
            send.setAttribute("aria-disabled", "true");
            send.textContent = send.dataset.busy;
            document.getElementById("sending").textContent = "The documents are being sent.";
        }
    });
    window.addEventListener("pageshow", (event) => {
        if (event.persisted) { // back from elsewhere
            send.removeAttribute("aria-disabled");
            send.textContent = "Continue";
            document.getElementById("sending").textContent = "";
        }
    });
    document.getElementById("errors")?.focus();
}
