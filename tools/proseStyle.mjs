// The words of this project: what not to write, and what to write instead. CONTRIBUTING.md says why.

/** Files whose text is not ours to word, or only quotes these words. */
export const notProse = /node_modules|^dist$|decisions\/19-names|CHANGELOG|tools\/proseStyle/;

const word = (text) => new RegExp(`\\b(?:${text})\\b`, "gi");

export const phrases = [
  { phrase: word("doors?"), instead: "host" },
  { phrase: word("lanes?|boarding"), instead: "poller, batching" },
  { phrase: word("misfits?"), instead: "obstacle" },
  { phrase: word("foresee[ns]?|foresight"), instead: "forecast, preview" },
  { phrase: word("witness(?:es)?"), instead: "the name of the check" },
  { phrase: word("wish(?:es)?"), instead: "request" },
  { phrase: word("seldom"), instead: "rarely" },
  { phrase: word("heed(?:ed|s)?"), instead: "use, obey" },
  { phrase: word("whoever"), instead: "the person or the tool" },
  { phrase: word("anew"), instead: "again" },
  { phrase: word("patien(?:ce|tly)|in sight"), instead: "time, visible" },
  { phrase: word("neighbou?rs?"), instead: "the name of the service" },
  { phrase: word("(?:a|the|first|last|next|another|two|several|hundreds of) looks?(?!-)"), instead: "read, call" },
  { phrase: word("(?:is|are|was|were|be) said(?! to)"), instead: "who says it" },
  { phrase: word("(?:can|could)(?:not| not)? be told(?! to)"), instead: "is not known, cannot be distinguished" },
  { phrase: word("(?:can|could)(?:not| not)? be had"), instead: "is available, is not available" },
  { phrase: word("is (?:waited for|looked at|looked for)"), instead: "who waits or looks" },
  { phrase: word("less what"), instead: "without" },
  { phrase: word("what becomes of"), instead: "what happens to" },
  { phrase: word("of a kind that"), instead: "that" },
  { phrase: word("none is started"), instead: "the library starts none" },
  { phrase: word("for ever"), instead: "forever" },
  { phrase: word("by hand of"), instead: "by" },
];
