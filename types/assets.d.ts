declare module "*.sql" {
  const text: string;
  export default text;
}

declare module "*.zst" {
  const path: string;
  export default path;
}

declare module "*.wasm" {
  const path: string;
  export default path;
}

declare module "*.data" {
  const path: string;
  export default path;
}

declare module "*.woff2" {
  const path: string;
  export default path;
}

declare module "tailwindcss/*.css" {
  const text: string;
  export default text;
}

declare module "axe-core/axe.min.js" {
  const text: string;
  export default text;
}
