// Buttons that copy a line of code. They are hidden until this runs, because without it they could do nothing.

export function offerCopying(root) {
  for (const button of root.querySelectorAll("button[data-copy][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const code = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(code.textContent);
        document.getElementById("said").textContent = button.dataset.done;
        const label = button.textContent;
        button.textContent = button.dataset.done;
        setTimeout(() => (button.textContent = label), 2000);
      } catch {
        // No permission: select the line, so that the owner's own shortcut copies it.
        getSelection().selectAllChildren(code);
      }
    });
  }
}
