// What the bundler turns into files: importing one gives its address beside the bundle.

declare module "*/maplibre-gl-worker.mjs" {
  const address: string;
  export default address;
}
