/** What a code means to a person: what happened, whether anything left, what to do. `{text}` is the sentence that came with it. */

import { enrolTroublesEn } from './enrol-troubles-en.ts';
import { modelTroublesEn } from './model-troubles-en.ts';
import { peopleTroublesEn } from './people-troubles-en.ts';
import type { TroubleWords } from './trouble-words.ts';
import { seatTroublesEn } from './troubles-seat-en.ts';

export const troublesEn = {
  ...enrolTroublesEn,
  ...modelTroublesEn,
  ...peopleTroublesEn,
  ...seatTroublesEn,
  unreachable: { what: 'The coordinator cannot be reached.', left: 'rows', next: 'Check the network, then load the page again.' },
  'malformed-answer': {
    what: 'The coordinator answered in a form this page does not know.',
    left: 'rows',
    next: 'Load the page again; tell the coordinator if it comes back.',
  },
  'demo-file': { what: 'The made-up patients of this hospital could not be fetched.', left: 'rows', next: 'Load the page again.' },
  'study-unknown': { what: 'The coordinator knows no such study.', left: 'rows', next: 'Check the link, or ask for a new one.' },
  'study-closed': { what: 'This study takes no more hospitals.', left: 'rows', next: 'Ask the coordinator.' },
  taken: { what: 'Another tab or browser has joined as this hospital.', left: 'key', next: 'Choose another one.' },
  'wrong-plan': { what: '{text}', left: 'rows', next: 'Do not go on. Tell the coordinator.' },
  'chamber-files': {
    what: 'Part of this program is missing or was changed: {text}',
    left: 'rows',
    next: 'Load the page again. If it comes back, tell the coordinator.',
  },
  'chamber-unavailable': {
    what: 'This browser could not start a sealed worker, so no rows are read.',
    left: 'rows',
    next: 'Use a current Chrome, Edge, Firefox or Safari, without extensions that change pages.',
  },
  'chamber-timeout': {
    what: 'The sealed worker did not answer.',
    left: 'rows',
    next: 'Close other heavy tabs and load the page again.',
  },
  'not-sealed': {
    what: 'The worker found a way to a network, so it takes no rows.',
    left: 'rows',
    next: 'Use another browser, without extensions that change pages.',
  },
  'port-closed': { what: 'The sealed worker was closed.', left: 'rows', next: 'Load the page again.' },
  'backend-missing': { what: '{text}', left: 'rows', next: 'Remove “?backend=” from the address to let the page choose.' },
  'backend-unfit': { what: '{text}', left: 'rows', next: 'Remove “?backend=” from the address to let the page choose.' },
  'missing-column': {
    what: 'Columns are missing. {text}',
    left: 'file',
    next: 'Rename them in the file, save it as CSV and choose it again.',
  },
  'empty-file': { what: 'The file is empty.', left: 'file', next: 'Choose another file.' },
  'no-rows': { what: 'The file has a header but no rows.', left: 'file', next: 'Choose another file.' },
  'other-file': {
    what: 'This is not the file used before. The rows of a study are fixed once it has begun.',
    left: 'file',
    next: 'Choose the file that was used before.',
  },
  'rows-changed-little': {
    what: 'Only a few rows are other rows than those this hospital answered with in an earlier version of this study. The difference of two sums would show these patients.',
    left: 'file',
    next: 'Choose the file of the version before, or one in which more patients have changed.',
  },
  'rows-unknown': {
    what: 'This is another file than in an earlier version of this study, and this version does not read all columns of that one: it cannot be told how many patients have changed.',
    left: 'file',
    next: 'Choose the file of the version before.',
  },
  'too-many-files': { what: 'That is more than 2,000 files.', left: 'file', next: 'Choose the folder of one export.' },
  'split-missing': { what: 'The split file is missing.', left: 'file', next: 'Choose it beside the patients’ table.' },
  encrypted: { what: 'The file is protected by a password.', left: 'file', next: 'Save a copy without one and choose that.' },
  'too-large': { what: '{text}', left: 'file', next: 'Export fewer columns or rows, or save it as CSV.' },
  'unclosed-quote': {
    what: 'A quoted cell is never closed: the file may be cut short.',
    left: 'file',
    next: 'Export it again and choose the new file.',
  },
  'not-a-mapping': {
    what: 'This is not a mapping. {text}',
    left: 'file',
    next: 'Choose a file that was saved here with “Save the mapping”.',
  },
  'not-ready': {
    what: 'A check of these data failed.',
    left: 'file',
    next: 'Mend the file or the columns, or accept the check after looking.',
  },
  file: { what: '{text}', left: 'file', next: 'Mend the file and choose it again.' },
  stopped: {
    what: 'You stopped this hospital’s part.',
    left: 'rows',
    next: 'Nothing more is sent, also after a reload, until you take part again.',
  },
  left: {
    what: 'You left this study. The coordinator has your signed word, and tells the others.',
    left: 'rows',
    next: 'Nothing more is sent. What this browser keeps stays here until you delete it.',
  },
  'study-stopped': { what: 'The coordinator stopped the study.', left: 'rows', next: 'Nothing more is asked of this hospital.' },
  refused: {
    what: 'The coordinator has refused this connection, and gave no reason that this page knows.',
    left: 'rows',
    next: 'Nothing of what this browser keeps has changed. Load the page again; if it stays so, ask your coordinator.',
  },
  'next-not-following': {
    what: 'What the coordinator offers as the newer version does not follow from the plan in this browser. Nothing was changed.',
    left: 'rows',
    next: 'Do not go on there. Ask your coordinator, and tell the other hospitals by telephone.',
  },
  'next-held-otherwise': {
    what: 'This browser takes part in that study already, with another key. Nothing was changed.',
    left: 'rows',
    next: 'Open that study from the first page.',
  },
  'link-closed': { what: 'The connection was closed.', left: 'rows', next: 'Load the page again.' },
  'below-threshold': {
    what: 'Too few hospitals answered; the sum was not opened.',
    left: 'rows',
    next: 'Wait: the study goes on when enough are back.',
  },
  'below-minimum': {
    what: 'Fewer hospitals than agreed would be in the sum, so it was not opened.',
    left: 'rows',
    next: 'Wait: the study goes on when enough are back.',
  },
  'would-isolate': {
    what: 'Together with earlier sums this one would show fewer hospitals than agreed, so this hospital gave no share.',
    left: 'rows',
    next: 'Tell the study’s coordinator. Nothing needs to be done here; other questions are still answered.',
  },
  'cohort-incomplete': {
    what: 'A hospital of the fixed group is missing; the fit waits for it.',
    left: 'rows',
    next: 'Wait: it goes on with the same numbers when the hospital is back.',
  },
  'too-many-changes': {
    what: 'Your hospital has changed what it says of its rows, or its signature, too often. The last change does not count.',
    left: 'rows',
    next: 'Reload the page and choose the file once more. If it stays so, tell your coordinator.',
  },
  'too-many': { what: 'Too many attempts in a short time.', left: 'rows', next: 'Wait a minute.' },
  'too-few-hospitals': { what: 'Too few hospitals are ready.', left: 'rows', next: 'Wait until more are, then start.' },
  'wrong-code': {
    what: 'That is not a code of this coordinator.',
    left: 'rows',
    next: 'Copy it from the coordinator’s first lines, or ask an owner for one.',
  },
  'code-used': { what: 'This code was already used.', left: 'rows', next: 'It works once. Sign in, or ask an owner for a new one.' },
  'code-expired': { what: 'This code is too old.', left: 'rows', next: 'Ask an owner for a new one.' },
  'wrong-password': {
    what: 'Name or password is not right.',
    left: 'rows',
    next: 'After five wrong attempts you have to wait a quarter of an hour.',
  },
  'wrong-second-factor': {
    what: 'These six digits are not right, or were used before.',
    left: 'rows',
    next: 'Wait for the next ones. If it goes on, check the clock of the phone.',
  },
  locked: {
    what: 'Too many wrong attempts.',
    left: 'rows',
    next: 'Try again in a quarter of an hour. If you have lost the password, ask an owner for a code.',
  },
  'bad-account-name': { what: 'A name has 1 to 64 letters, digits, spaces or . _ @ + -.', left: 'rows', next: 'Choose another name.' },
  'name-taken': { what: 'Somebody at this console has this name.', left: 'rows', next: 'Choose another one.' },
  'password-short': { what: 'A password has at least 12 characters.', left: 'rows', next: 'A few words together are good.' },
  'password-long': { what: 'A password has at most 200 characters.', left: 'rows', next: 'Choose a shorter one.' },
  'password-obvious': {
    what: 'This password is easy to guess.',
    left: 'rows',
    next: 'Choose one that is neither your name nor one letter again and again.',
  },
  'not-allowed': { what: 'Your role at this console does not allow this.', left: 'rows', next: 'Ask an owner.' },
  'last-owner': { what: 'The last owner cannot be removed.', left: 'rows', next: 'Make another owner first.' },
  'no-demo': { what: 'This coordinator has no demo data.', left: 'rows', next: 'Start it with the demo’s files.' },
  'signed-out': { what: 'You are signed out.', left: 'rows', next: 'Sign in again. A visit ends after half an hour without use.' },
  'bad-name': { what: 'That is not a name the others can read.', left: 'rows', next: 'Use 1 to 120 ordinary characters.' },
  'not-on-roster': {
    what: 'The coordinator does not know this hospital by its key.',
    left: 'rows',
    next: 'Join again with a new invitation.',
  },
  coordinator: { what: 'The coordinator paused the study.', left: 'rows', next: 'It goes on when the coordinator resumes it.' },
  'waiting-for-hospitals': { what: 'The study waits for hospitals.', left: 'rows', next: 'It goes on by itself when enough are back.' },
  storage: {
    what: 'The coordinator’s machine could not store something, perhaps its disk is full.',
    left: 'rows',
    next: 'It goes on when the coordinator has mended that and resumes.',
  },
  'round-failed': { what: 'A round failed again and again.', left: 'rows', next: 'It goes on when the coordinator resumes it.' },
  'policy-contributors': {
    what: 'The list holds fewer hospitals than your hospital’s own limit asks for.',
    left: 'rows',
    next: 'Wait for more hospitals, or change the limit under “Your hospital’s own limits”.',
  },
  'policy-cell': {
    what: 'The plan shows smaller groups of patients than your hospital’s own limit allows.',
    left: 'rows',
    next: 'Refuse, ask for a new version of the plan, or lower the limit if that is yours to decide.',
  },
  'policy-epsilon': {
    what: 'The plan adds no noise, and your hospital’s own limit asks for a largest epsilon.',
    left: 'rows',
    next: 'Refuse, ask for a new version of the plan, or empty the limit if that is yours to decide.',
  },
  'policy-tasks': {
    what: 'The plan asks for something that your hospital’s own limits do not allow.',
    left: 'rows',
    next: 'Refuse, or allow it if that is yours to decide.',
  },
  'policy-parameters': {
    what: 'The plan’s model is larger than your hospital’s own limit allows for its patients.',
    left: 'rows',
    next: 'Refuse, ask for a smaller model, or raise the limit if that is yours to decide.',
  },
  'policy-own-bundle': {
    what: 'Your hospital takes part only from pages it serves itself, and these come from the coordinator.',
    left: 'rows',
    next: 'Open the study from your hospital’s own server.',
  },
  'policy-forbids': {
    what: 'Your hospital’s own limits forbid this round.',
    left: 'rows',
    next: 'Look under “Your hospital’s own limits”. The others may go on without you.',
  },
  'study-running': { what: 'Rounds are running.', left: 'rows', next: 'Stop the study before you make a new version of it.' },
  'has-version': { what: 'There is a newer version of this study already.', left: 'rows', next: 'Make the next version from that one.' },
  'other-study': {
    what: 'This is the plan of another study: its short name differs.',
    left: 'rows',
    next: 'Choose the changed plan of this study.',
  },
  'no-change': { what: 'This plan says the same as the version before.', left: 'rows', next: 'Choose the changed plan.' },
  failed: { what: 'Something went wrong: {text}', left: 'rows', next: 'Load the page again.' },
} as const satisfies { readonly [code: string]: TroubleWords };

export type TroubleCode = keyof typeof troublesEn;
