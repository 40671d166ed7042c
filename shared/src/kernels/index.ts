/** Public names of `kernels`: loops written as WebAssembly instructions, for the folders that need one. */
export { BLOCK, type MatrixProduct, startMatrixProduct } from './matrix-product.ts';
export * from './wasm-code.ts';
