/** Run as a process of its own: changes a previews directory that a server in another process reads. */
import { publishRevision } from "../../src/bundles/publish-revision.ts";
import { removeSite } from "../../src/bundles/remove-site.ts";
import { isSiteId } from "../../src/ids.ts";
import { createRevision } from "../bundles/sample-revision.ts";

const [action, root = "", siteId] = process.argv.slice(2);
if (!isSiteId(siteId)) throw new TypeError("a site id is needed");
if (action === "publish") {
  const files = new Map([["index.html", "<p>the second revision"]]);
  await publishRevision(root, createRevision({ siteId, revision: 2, files }));
} else {
  await removeSite(root, siteId, "taken_down");
}
