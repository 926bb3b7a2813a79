import type { Config } from "tailwindcss";

// Thin on purpose: the tokens are CSS variables in src/app/styles.css, so that a theme is one attribute and no second palette.
export default {
  content: ["./index.html", "./first-frame/frame.html", "./src/**/*.{ts,tsx}"],
  darkMode: ["selector", '[data-theme="dark"]'],
} satisfies Config;
