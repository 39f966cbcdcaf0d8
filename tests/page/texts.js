// The texts that a page has, as JSON:  node tests/page/texts.js PAGE
"use strict";
const fs = require("fs"), vm = require("vm");
vm.runInThisContext(fs.readFileSync("assets/page/app/unpack.js", "utf8"));
const packed = /id="a-texts">([^<]*)</.exec(fs.readFileSync(process.argv[2], "utf8"))[1];
unpack(packed).then((bytes) => fs.writeFileSync(1, JSON.stringify(libraryOf(bytes))));
