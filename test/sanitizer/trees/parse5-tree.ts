import { type DefaultTreeAdapterTypes, parse, html as parse5Html } from "parse5";
import { describeTree, type TreeNode } from "./canonical-tree.ts";

const namespaces: Record<string, string> = {
  [parse5Html.NS.HTML]: "html",
  [parse5Html.NS.SVG]: "svg",
  [parse5Html.NS.MATHML]: "math",
};

/** The tree that the reference parser of the HTML standard in JavaScript reads, in the form of `describeTree`. */
export function readParse5Tree(html: string, scriptingEnabled: boolean): string {
  const document = parse(html, { scriptingEnabled });
  const doctype = document.mode === "no-quirks" ? "" : `${document.mode}\n`;
  return doctype + describeTree(document.childNodes.flatMap(toTreeNode));
}

export function toTreeNode(node: DefaultTreeAdapterTypes.ChildNode): TreeNode[] {
  if (node.nodeName === "#documentType") return [];
  if ("value" in node) return [node.value];
  if (!("tagName" in node)) return [{ name: node.nodeName, namespace: "none", attributes: [], children: [] }];
  const attributes = node.attrs.map(({ prefix, name, value }): [string, string] => [
    prefix ? `${prefix}:${name}` : name,
    value,
  ]);
  const content = "content" in node ? [...node.content.childNodes, ...node.childNodes] : node.childNodes;
  return [
    {
      name: node.tagName,
      namespace: namespaces[node.namespaceURI] ?? "none",
      attributes,
      children: content.flatMap(toTreeNode),
    },
  ];
}
