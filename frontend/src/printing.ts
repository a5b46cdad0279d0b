// Pictures are fetched when they come near. On paper all of them are seen, also those that the
// reader has not come to, and those in light colours where the screen shows the dark ones.

function fetchAll(): void {
  for (const picture of document.querySelectorAll<HTMLImageElement>("img[loading=lazy]"))
    if (!picture.closest(".in-dark")) picture.loading = "eager";
}

/** Fetches every picture of the page as soon as it is to be printed. */
export function fetchForPaper(): void {
  const paper = matchMedia("print");
  const look = (): void => {
    if (paper.matches) fetchAll();
  };
  addEventListener("beforeprint", fetchAll);
  paper.addEventListener("change", look);
  look();
}
