import { expect, test } from "bun:test";
import { wantsSeveralPages } from "../../src/design/brief/wants-pages.ts";

test.each([
  "A website with several pages for a coffee shop",
  "Make a multi-page site for my bakery",
  "A three page site: home, menu, contact",
  "I need a home page, an about page and a contact page",
  "Eine Website mit mehreren Seiten für meine Praxis",
  "Eine Website mit drei Seiten",
  "Una web con varias páginas para mi hotel",
  "Um site com três páginas",
  "Un site de plusieurs pages pour mon restaurant",
  "Сайт из нескольких страниц для пекарни",
  "Сайт з кількох сторінок",
  "Birkaç sayfalı... çok sayfalı bir site",
  "为我的咖啡店做一个多页网站",
  "Situs dengan beberapa halaman",
])("%s: several", (prompt) => expect(wantsSeveralPages(prompt)).toBe(true));

test.each([
  "Create a landing page for a coffee shop",
  "A one page site for my bakery",
  "A page about my two cats",
  "A book shop; our books have many pages of recipes",
  "Eine Seite für meine Bäckerei",
  "Una página para mi boda",
  "Страница для кофейни",
  "Kahve dükkanım için bir sayfa",
  "我的咖啡店的网页",
])("%s: one", (prompt) => expect(wantsSeveralPages(prompt)).toBe(false));
