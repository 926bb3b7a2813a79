// Components are unmounted after each test, so that none sees what another left in the page.
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);
