// What differs between two texts, word by word: those outside of a longest common subsequence.
const MOST_CELLS = 4_000_000;

function differing(one, other) {
  const [ours, theirs] = [one, other].map((text) => text.split(/\s+/u).filter(Boolean));
  const [left, right] = [ours, theirs].map((words) => words.map((word) => (fold(word) || word).replace(/^0+(?=\d)/, "")));
  const common = commonWords(left, right);
  return [runs(ours, common.map(([at]) => at)), runs(theirs, common.map(([, at]) => at))];
}

// Places of common words in both; where the texts are too long for a table, those at their beginnings and ends.
function commonWords(left, right) {
  const pairs = [];
  let first = 0;
  while (first < left.length && first < right.length && left[first] === right[first]) pairs.push([first, first++]);
  let [a, b] = [left.length, right.length];
  const tail = [];
  while (a > first && b > first && left[a - 1] === right[b - 1]) tail.unshift([--a, --b]);
  const [height, width] = [a - first, b - first];
  if (height * width && height * width <= MOST_CELLS) pairs.push(...longest(left.slice(first, a), right.slice(first, b)).map(([x, y]) => [x + first, y + first]));
  return [...pairs, ...tail];
}

function longest(left, right) {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let a = left.length - 1; a >= 0; a -= 1) for (let b = right.length - 1; b >= 0; b -= 1) {
    lengths[a * width + b] = left[a] === right[b]
      ? lengths[(a + 1) * width + b + 1] + 1
      : Math.max(lengths[(a + 1) * width + b], lengths[a * width + b + 1]);
  }
  const pairs = [];
  for (let a = 0, b = 0; a < left.length && b < right.length;) {
    if (left[a] === right[b]) pairs.push([a++, b++]);
    else if (lengths[(a + 1) * width + b] >= lengths[a * width + b + 1]) a += 1;
    else b += 1;
  }
  return pairs;
}

// Words in runs of those that are common and those that are not.
function runs(words, common) {
  const isCommon = new Set(common);
  const found = [];
  words.forEach((word, at) => {
    const differs = !isCommon.has(at);
    if (found.at(-1)?.differs === differs) found.at(-1).text += ` ${word}`;
    else found.push({ text: word, differs });
  });
  return found;
}
