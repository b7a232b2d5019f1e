// Documents per year, as bars to choose years from: with the mouse or a finger over the bars, with the arrow keys on the two ends.
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const MOST_BARS = 120;
const HEIGHT = 96;

function spanOf(columns) {
  let [first, last] = [Infinity, -Infinity];
  for (const year of columns.yearStart) if (year !== NO_YEAR) [first, last] = [Math.min(first, year), Math.max(last, year)];
  if (first > last) return null;
  const step = STEPS.find((years) => (last - first) / years < MOST_BARS) ?? 1000;
  return { first: Math.floor(first / step) * step, last: Math.floor(last / step) * step + step - 1, step };
}

class Timeline {
  constructor(span, choose) {
    this.span = span;
    this.choose = choose;
    this.dragged = null;
    this.years = Math.max(1, (span.last - span.first + 1) / span.step);
    this.picture = svg("svg", { class: "bars", role: "img", height: HEIGHT, "aria-labelledby": "timeline-told" });
    this.told = el("p", { class: "quiet", id: "timeline-told" });
    this.ends = { from: this.end("from", "First year"), to: this.end("to", "Last year") };
    this.hint = el("p", { class: "bubble", "aria-hidden": "true", hidden: true });
    this.plot = el("div", { class: "plot" }, this.picture, this.ends.from, this.ends.to, this.hint);
    this.rows = el("tbody");
    this.table = el("details", { class: "numbers" }, el("summary", {}, "As a table"),
      el("table", {}, el("caption", { class: "unseen" }, "Documents per year"),
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Years"), el("th", { scope: "col" }, "Documents"))), this.rows));
    this.clear = button("All years", () => this.choose(null, null), { class: "plain", id: "all-years" });
    this.place = el("section", { class: "timeline", "aria-label": "Documents per year" },
      el("div", { class: "timeline-head" }, this.told, this.clear), this.plot, this.table);
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.plot);
  }

  listen() {
    const { picture } = this;
    picture.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      picture.setPointerCapture(event.pointerId);
      this.dragged = { from: this.yearAt(event), to: this.yearAt(event) };
      this.draw();
    });
    picture.addEventListener("pointermove", (event) => {
      if (this.dragged) this.dragged.to = this.yearAt(event);
      this.showHint(event);
      if (this.dragged) this.draw();
    });
    picture.addEventListener("pointerleave", () => { this.hint.hidden = true; });
    picture.addEventListener("pointerup", () => this.drop(true));
    picture.addEventListener("pointercancel", () => this.drop(false));
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.dragged) this.drop(false); });
  }

  // Choose what was drawn over, whole bars at a time.
  drop(isMeant) {
    if (!this.dragged) return;
    const [from, to] = [this.dragged.from, this.dragged.to].sort((a, b) => a - b);
    this.dragged = null;
    if (isMeant) this.choose(from, to + this.span.step - 1);
    else this.draw();
  }

  yearAt(event) {
    const box = this.picture.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * this.years);
    return this.span.first + Math.min(this.years - 1, Math.max(0, at)) * this.span.step;
  }

  showHint(event) {
    const year = this.yearAt(event);
    this.hint.hidden = false;
    this.hint.textContent = `${this.named(year)}: ${counted(this.counts[(year - this.span.first) / this.span.step], "document")}`;
    const box = this.plot.getBoundingClientRect();
    this.hint.style.left = `${Math.min(box.width - this.hint.offsetWidth, Math.max(0, event.clientX - box.left - this.hint.offsetWidth / 2))}px`;
  }

  named(year) {
    return this.span.step === 1 ? String(year) : `${year}–${year + this.span.step - 1}`;
  }

  end(name, label) {
    return el("div", { class: `end ${name}`, id: `timeline-${name}`, role: "slider", tabindex: 0, "aria-label": label,
      on: { keydown: (event) => this.move(name, event) } });
  }

  move(name, event) {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -Infinity, End: Infinity }[event.key];
    if (!by) return;
    event.preventDefault();
    const { from, to } = this.chosen();
    const { first, last, step } = this.span;
    if (name === "from") this.choose(Math.min(to - step + 1, Math.max(first, from + by * step)), to);
    else this.choose(from, Math.max(from + step - 1, Math.min(last, to + by * step)));
  }

  chosen() {
    return { from: Math.max(this.state.from ?? this.span.first, this.span.first), to: Math.min(this.state.to ?? this.span.last, this.span.last) };
  }

  // `which` says of which documents the counts are.
  show(state, counts, which = "") {
    this.state = state;
    this.counts = new Array(this.years).fill(0);
    for (const [year, count] of counts.years) this.counts[Math.floor((year - this.span.first) / this.span.step)] += count;
    const dated = this.counts.reduce((sum, count) => sum + count, 0);
    this.told.textContent = `${counted(dated, "document")}${which} by the first year of ${dated === 1 ? "its date" : "their dates"}${counts.undated ? `; ${counts.undated.toLocaleString("en")} without a date` : ""}`;
    this.clear.hidden = state.from === null && state.to === null;
    this.rows.replaceChildren(...this.counts.map((count, at) => [this.named(this.span.first + at * this.span.step), count]).filter(([, count]) => count)
      .map(([year, count]) => el("tr", {}, el("th", { scope: "row" }, year), el("td", {}, count.toLocaleString("en")))));
    this.draw();
  }

  draw() {
    const width = this.plot.clientWidth;
    if (!width || !this.counts) return;
    const { from, to } = this.dragged
      ? { from: Math.min(this.dragged.from, this.dragged.to), to: Math.max(this.dragged.from, this.dragged.to) + this.span.step - 1 }
      : this.chosen();
    const [bar, most, floor] = [width / this.years, Math.max(1, ...this.counts), HEIGHT - 22];
    const x = (year) => ((year - this.span.first) / this.span.step) * bar;
    const isWhole = !this.dragged && this.state.from === null && this.state.to === null;
    this.picture.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.picture.setAttribute("width", width);
    this.picture.replaceChildren(...[
      svg("rect", { class: "ground", x: 0, y: 0, width, height: floor }),
      isWhole ? [] : svg("rect", { class: "window", x: x(from), y: 0, width: Math.max(1, x(to + 1) - x(from)), height: floor }),
      this.counts.map((count, at) => {
        const year = this.span.first + at * this.span.step;
        const height = count ? Math.max(2, (count / most) * (floor - 6)) : 0;
        const isIn = year + this.span.step - 1 >= from && year <= to;
        return svg("rect", { class: isIn ? "bar" : "bar out", x: at * bar + Math.min(1, bar * 0.1), y: floor - height, width: Math.max(1, bar - Math.min(2, bar * 0.2)), height });
      }),
      svg("line", { class: "axis", x1: 0, x2: width, y1: floor + 0.5, y2: floor + 0.5 }),
      this.ticks(width).map((year) => svg("text", { class: "tick", x: Math.min(width - 16, Math.max(16, x(year) + bar / 2)), y: HEIGHT - 5, "text-anchor": "middle" }, String(year))),
    ].flat());
    for (const [name, year, left] of [["from", from, x(from)], ["to", to, x(to + 1)]]) {
      const end = this.ends[name];
      end.style.left = `${left}px`;
      setAttributes(end, { "aria-valuemin": this.span.first, "aria-valuemax": this.span.last, "aria-valuenow": year, "aria-valuetext": String(year) });
    }
  }

  ticks(width) {
    const most = Math.max(2, Math.floor(width / 64));
    const length = this.span.last - this.span.first + 1;
    const step = STEPS.find((years) => years >= this.span.step && length / years <= most) ?? 1000;
    const ticks = [];
    for (let year = Math.ceil(this.span.first / step) * step; year <= this.span.last; year += step) ticks.push(year);
    return ticks;
  }
}
