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

function unpackColumns(packed) {
  const { genres, collections, parties } = packed;
  return {
    yearStart: unpacked(packed.year_start),
    yearEnd: unpacked(packed.year_end),
    flags: unpacked(packed.flags),
    genres: { names: genres.names, codes: unpacked(genres.codes) },
    collections: {
      ids: collections.ids, titles: collections.titles,
      starts: startsOf(unpacked(collections.lengths)), values: unpacked(collections.values),
    },
    parties: {
      names: parties.names, roleNames: parties.role_names,
      starts: startsOf(unpacked(parties.lengths)), values: unpacked(parties.values), roles: unpacked(parties.roles),
    },
  };
}
