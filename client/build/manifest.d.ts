export declare const MANIFEST = 'manifest.json';
/**
 * @param boot - CSP source of the chamber's boot script.
 * @param importMaps - CSP sources of the pages' import maps.
 */
export declare function writeManifest(folder: string, boot: string, importMaps: readonly string[]): void;
