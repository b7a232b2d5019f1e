// The columns that filters and counts need: little-endian arrays in base64.
const ARRAYS = { u8: Uint8Array, i16: Int16Array, u16: Uint16Array, u32: Uint32Array };
const NO_YEAR = -32768;
const PRECISION_BITS = 7;
const PRECISIONS = ["undated", "day", "month", "year", "interval"];
const HAS_VARIANTS = 8;
const IN_SEVERAL = 16;

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

function unpacked(column) {
  return new ARRAYS[column.type](bytesOf(column.data).buffer);
}

// Where the rows of each owner begin, and after the last one where they end.
function startsOf(lengths) {
  const starts = new Uint32Array(lengths.length + 1);
  for (let at = 0; at < lengths.length; at += 1) starts[at + 1] = starts[at] + lengths[at];
  return starts;
}

// The forms in which titles print each party, where otherwise than it is called.
function formsOf({ parties, names, aliases }, count) {
  const forms = Array.from({ length: count }, () => []);
  unpacked(parties).forEach((party, at) => forms[party].push({ name: names[at], alias: aliases[at] }));
  return forms;
}

// Which documents have both a sender and a receiver.
function lettersOf({ starts, roles, roleNames }) {
  const [from, to] = [roleNames.indexOf("from"), roleNames.indexOf("to")];
  const isLetter = new Uint8Array(starts.length - 1);
  for (let number = 0; number < isLetter.length; number += 1) {
    const own = roles.subarray(starts[number], starts[number + 1]);
    if (own.length > 1 && own.includes(from) && own.includes(to)) isLetter[number] = 1;
  }
  return isLetter;
}

function unpackColumns(packed) {
  const { genres, collections } = packed;
  const parties = {
    names: packed.parties.names, roleNames: packed.parties.role_names, forms: formsOf(packed.parties.forms, packed.parties.names.length),
    starts: startsOf(unpacked(packed.parties.lengths)), values: unpacked(packed.parties.values), roles: unpacked(packed.parties.roles),
  };
  return {
    yearStart: unpacked(packed.year_start),
    yearEnd: unpacked(packed.year_end),
    flags: unpacked(packed.flags),
    genres: { names: genres.names, labels: genres.labels, codes: unpacked(genres.codes) },
    collections: {
      ids: collections.ids, titles: collections.titles,
      starts: startsOf(unpacked(collections.lengths)), values: unpacked(collections.values),
    },
    parties,
    isLetter: lettersOf(parties),
  };
}
