/** Scrolls a document's page to its cited span, where the address has no fragment that does so. */

import { motion } from "./dom.js";

if (!location.hash) document.getElementById("cited")?.scrollIntoView({ block: "center", behavior: motion() });
