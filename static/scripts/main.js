// The one script. Every page works without it; it makes pages quicker and typing safer.

import { autosave } from "./autosave.js";
import { components } from "./components.js";
import { live } from "./live.js";
import { packageFrame } from "./package.js";
import { putting } from "./putting.js";
import { session } from "./session.js";
import { snippets } from "./snippets.js";
import { submitOnce } from "./submit-once.js";
import { unfolded } from "./unfolded.js";

live();
components();
submitOnce();
autosave();
session();
snippets();
unfolded();
putting();
packageFrame();
