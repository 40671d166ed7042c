/** XML as a run of events, prefixes of namespaces taken off: what the parts of a workbook are made of. */
/// <reference path="./saxen.d.ts" />
import { Parser } from 'saxen';

export interface XmlHandler {
  readonly open: (name: string, attribute: (name: string) => string | undefined) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** @throws Error for what is not XML. */
export function readXml(xml: string, { open, close, text }: XmlHandler): void {
  const parser = new Parser();
  parser.on('openTag', (name, attributes, decode) => {
    let found: Readonly<Record<string, string>> | null = null;
    open(local(name), (wanted) => {
      found ??= attributes();
      const value = found[wanted];
      return value === undefined ? undefined : decode(value);
    });
  });
  if (close) parser.on('closeTag', (name) => close(local(name)));
  if (text) {
    parser.on('text', (part, decode) => text(decode(part)));
    parser.on('cdata', text);
  }
  parser.on('warn', () => {});
  parser.on('error', (error) => {
    throw error;
  });
  parser.parse(xml);
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
