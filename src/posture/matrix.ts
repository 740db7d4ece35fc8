/** What a job's matrix puts in place of `matrix.NAME`, as far as the file says. */
import { contextPath, type Expression, embeddedExpressions } from './expression.ts';
import { asScalar, asScalars, entriesOf, valueAt, type YamlNode } from './yaml/yaml-node.ts';

/** Texts that one text is expanded to. */
const EXPANDED_MAX = 64;

/**
 * Every value that the key can take, by axes and `include`; none for a key that nothing sets. Null
 * where an expression makes them while the workflow runs. `name` in lower case.
 */
export function matrixValues(matrix: YamlNode, name: string): readonly YamlNode[] | null {
  const include = valueAt(matrix, 'include');
  if (matrix.kind !== 'map' || isExpression(include)) return null;
  const axes = valuesOf(matrix, name);
  if (axes.some(isExpression)) return null;
  const included = itemsOf(include).flatMap((item) => valuesOf(item, name));
  return [...axes.flatMap(itemsOf), ...included];
}

/**
 * The text with each `${{ matrix... }}` replaced by what it can be, once for every combination. What
 * the file does not say stays as it is written. A list counts as its items.
 */
export function expandMatrix(text: string, matrix: YamlNode | null): readonly string[] {
  if (matrix === null || !text.includes('matrix')) return [text];
  let expanded: readonly string[] = [''];
  let end = 0;
  for (const { index, length, tree } of embeddedExpressions(text)) {
    const before = text.slice(end, index);
    const values = textsOf(tree, matrix) ?? [text.slice(index, index + length)];
    expanded = expanded
      .flatMap((start) => values.map((value) => start + before + value))
      .slice(0, EXPANDED_MAX);
    end = index + length;
  }
  return expanded.map((start) => start + text.slice(end));
}

/** Null for an expression that is no access to the matrix, or whose values the file does not say. */
function textsOf(tree: Expression | null, matrix: YamlNode): readonly string[] | null {
  const [root, name = '', ...rest] = (tree === null ? null : contextPath(tree))?.split('.') ?? [];
  if (root !== 'matrix') return null;
  let nodes = matrixValues(matrix, name);
  for (const key of rest) nodes = nodes?.flatMap((node) => valuesOf(node, key)) ?? null;
  const texts = nodes?.flatMap((node) => asScalars(node).map((scalar) => scalar.text)) ?? [];
  return texts.length > 0 ? texts : null;
}

/** Contexts do not tell case apart. */
function valuesOf(node: YamlNode, name: string): readonly YamlNode[] {
  return entriesOf(node)
    .filter((entry) => entry.key.toLowerCase() === name)
    .map((entry) => entry.value);
}

function itemsOf(node: YamlNode | null): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

function isExpression(node: YamlNode | null): boolean {
  return asScalar(node)?.text.includes('${{') === true;
}
