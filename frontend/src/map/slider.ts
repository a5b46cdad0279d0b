// Periods on a slider, in place of the list of them, which stays what the form sends.

/** Makes a slider of each list of periods; `preview` is told of one, and of its level, while it is
    drawn. */
export function makeSliders(
  root: ParentNode,
  preview: (period: string, level: string) => void,
): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-slider]")) {
    const list = place.querySelector("select");
    const label = place.querySelector("label");
    if (!list || !label || list.options.length < 2 || list.hidden) continue;
    const slider = document.createElement("input");
    slider.type = "range";
    slider.id = `${list.id}-slider`;
    slider.max = String(list.options.length - 1);
    slider.value = String(list.selectedIndex);
    const said = document.createElement("output");
    said.htmlFor.add(slider.id);
    const tell = (): void => {
      said.value = list.value;
      slider.setAttribute("aria-valuetext", list.value);
    };
    tell();
    list.hidden = true;
    label.htmlFor = slider.id;
    label.append(" ", said);
    list.after(slider);
    slider.addEventListener("input", () => {
      list.selectedIndex = Number(slider.value);
      tell();
      preview(list.value, list.selectedOptions[0]?.dataset["level"] ?? "");
    });
  }
}
