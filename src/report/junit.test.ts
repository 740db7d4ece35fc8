import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleReport } from '../../test/scan-fixture.ts';
import { escapeXml, formatJunit } from './junit.ts';

test('a report has one suite a file and one case a finding', () => {
  expect(formatJunit(sampleReport())).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="countersign scan" tests="6" failures="1" errors="1" skipped="2">
      <testsuite name="dist/a.tgz" tests="5" failures="1" errors="1" skipped="2">
        <testcase classname="dist/a.tgz" name="npm-token dist/a.tgz!package/index js.js:3:14">
          <failure type="npm-token" message="npm access token npm_abcd... (40 characters): its checksum is right">reject critical proven: npm access token npm_abcd... (40 characters): its checksum is right</failure>
        </testcase>
        <testcase classname="dist/a.tgz" name="npm-token dist/a.tgz!package/index js.js:4:14">
          <skipped message="baseline, alice until 2026-12-31: a &lt;test&gt; key"/>
        </testcase>
        <testcase classname="dist/a.tgz" name="npm-token dist/a.tgz!package/index js.js:5:14">
          <skipped message="marker gitleaks:allow"/>
        </testcase>
        <testcase classname="dist/a.tgz" name="nested-archive dist/a.tgz!package/\\u{202e}&quot;&amp;\\u{1}�\\u{fffe}.zip">
          <system-out>note info proven: is a zip container ]]&gt; &lt;b&gt;</system-out>
        </testcase>
        <testcase classname="dist/a.tgz" name="unread dist/a.tgz!x">
          <error type="unread" message="it cannot be read: &lt;torn&gt;"/>
        </testcase>
      </testsuite>
      <testsuite name="/tmp/clean:1" tests="1" failures="0" errors="0" skipped="0">
        <testcase classname="/tmp/clean:1" name="inspected"/>
      </testsuite>
    </testsuites>
    "
  `);
});

// XML 1.0, production 2
const CHARACTERS = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

test('whatever a text holds, it is characters of XML 1.0 and no markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const escaped = escapeXml(`${text}\ud800\u0000\ufffe`);
      expect(escaped).toMatch(CHARACTERS);
      expect(escaped.replaceAll(/&(amp|lt|gt|quot|apos);/g, '')).not.toMatch(/[<>&"'\n\t]/);
    }),
  );
});
