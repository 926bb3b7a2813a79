// Schemas are checked without compiling them to code, which the page's policy forbids. Everything imports zod from here.
import { z } from "zod";

z.config({ jitless: true });

export { z };
