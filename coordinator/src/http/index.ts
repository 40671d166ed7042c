/** Public names of `http`: the web application. */

export { createApp } from './create-app.ts';
export { readClientBuild } from './pages.ts';
