// Reads a policy's expression as Postgres stores it (pg_node_tree). Text cannot tell a column of the row from one of the same
// name in a subquery; the stored form says exactly which is meant.
interface TreeNode {
  kind: string;
  fields: string;
  children: TreeNode[];
}

interface Reference {
  relation: string | undefined;
  column: string | undefined;
  levelsUp: number;
}

/** Whether the answer can differ from row to row. */
export function looksAtRow(expression: string): boolean {
  return someNode(parse(expression), 0, isRowReference);
}

/** `x.c = x.c`: an unqualified name that was meant for the row was taken by the subquery's own table. */
export function comparesColumnWithItself(expression: string): boolean {
  return someNode(parse(expression), 0, (node) => {
    if (node.kind !== "OPEXPR" || node.children.length !== 2) return false;
    const [left, right] = node.children.map((child) => referenceOf(withoutCasts(child)));
    return Boolean(left && right && JSON.stringify(left) === JSON.stringify(right));
  });
}

/** A call that has to be made again for every row, because a column of the row is among its arguments. */
export function callsPerRow(expression: string, functionIds: string[]): boolean {
  return someNode(parse(expression), 0, (node, depth) => {
    const id = node.kind === "FUNCEXPR" ? field(node, "funcid") : undefined;
    return id !== undefined && functionIds.includes(id) && someNode(node, depth, isRowReference);
  });
}

// The policy's own table is the first relation outside of every subquery.
function isRowReference(node: TreeNode, depth: number): boolean {
  const reference = referenceOf(node);
  return reference !== null && reference.relation === "1" && reference.levelsUp === depth;
}

function referenceOf(node: TreeNode): Reference | null {
  if (node.kind !== "VAR") return null;
  return {
    relation: field(node, "varno"),
    column: field(node, "varattno"),
    levelsUp: Number(field(node, "varlevelsup")),
  };
}

function withoutCasts(node: TreeNode): TreeNode {
  const [inner] = node.children;
  return node.kind === "RELABELTYPE" && inner ? withoutCasts(inner) : node;
}

function field(node: TreeNode, name: string): string | undefined {
  return new RegExp(`:${name} (\\S+)`).exec(node.fields)?.[1];
}

/** `depth` counts the subqueries that enclose a node. */
function someNode(node: TreeNode, depth: number, accept: (node: TreeNode, depth: number) => boolean): boolean {
  const inside = node.kind === "QUERY" ? depth + 1 : depth;
  return accept(node, depth) || node.children.some((child) => someNode(child, inside, accept));
}

function parse(expression: string): TreeNode {
  const root: TreeNode = { kind: "", fields: "", children: [] };
  const open = [root];
  // A brace that belongs to a name is written with a backslash before it.
  for (const [token] of expression.matchAll(/\{[A-Z]+|\}|(?:\\.|[^{}\\])+/gs)) {
    const current = open.at(-1) ?? root;
    if (token === "}") open.pop();
    else if (token.startsWith("{")) {
      const node: TreeNode = { kind: token.slice(1), fields: "", children: [] };
      current.children.push(node);
      open.push(node);
    } else current.fields += token;
  }
  return root;
}
