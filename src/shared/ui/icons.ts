// The icons in use, one file each: the package's own index would send all 1,700 of them to the browser in development.
export type { LucideIcon } from "lucide-react";
export { default as ArrowUpRight } from "lucide-react/icons/arrow-up-right";
export { default as Braces } from "lucide-react/icons/braces";
export { default as CircleAlert } from "lucide-react/icons/circle-alert";
export { default as Database } from "lucide-react/icons/database";
export { default as Eye } from "lucide-react/icons/eye";
export { default as EyeOff } from "lucide-react/icons/eye-off";
export { default as Info } from "lucide-react/icons/info";
export { default as LogOut } from "lucide-react/icons/log-out";
export { default as Mail } from "lucide-react/icons/mail";
export { default as Monitor } from "lucide-react/icons/monitor";
export { default as Moon } from "lucide-react/icons/moon";
export { default as RefreshCw } from "lucide-react/icons/refresh-cw";
export { default as Sun } from "lucide-react/icons/sun";
export { default as TriangleAlert } from "lucide-react/icons/triangle-alert";
export { default as Zap } from "lucide-react/icons/zap";
