import { describe, expect, test } from "bun:test";
import { isPlainWish, needsPage } from "../../src/edits/plain-wish.ts";

describe("words that can only be meant for a page that is there", () => {
  test.each([
    ...[
      "undo",
      "Undo that.",
      "back to version 2",
      "rückgängig machen",
      "отмени",
      "撤销",
      "undo, please",
      "bitte rückgängig machen",
    ],
    ...[
      "Change the phone number to +351 21 555 0100",
      "ändere die Telefonnummer in 030 123",
      "can you make it darker?",
    ],
    ...["make it darker", "Make the page a bit lighter, please", "darker", "please make it blue", "make it darker!"],
    ...["mach es dunkler", "Bitte etwas heller", "hazla más oscura", "más clara", "deixe a página mais escura"],
    ...["rends-la plus sombre", "сделай страницу темнее", "потемнее", "зроби її світлішою", "daha koyu yap"],
    ...["buat halamannya lebih gelap", "lebih terang", "更暗一点", "把背景调亮一点", "اجعلها أغمق", "थोड़ा गहरा करें"],
    ...["Change “Flat white” to “Cortado”", "change blue to green", "#fbd562 → #ffeeaa", "Replace Ember with Glut"],
    ...["ändere “Montag” zu “Dienstag”", "измени «Кофе» на «Чай»", "把「咖啡」改成「茶」", "Cambia Lunes por Martes"],
    ...["Ändere den Titel Ember zu Glut", "ändere Blau zu Grün", "غيّر «القهوة» إلى «الشاي»", "go to v8", "回到第1版"],
  ])("%p", (text) => expect(isPlainWish(text)).toBe(true));
});

describe("words that could describe a page", () => {
  test.each([
    ...[
      "a dark page for a bakery",
      "dark",
      "blue",
      "Blue Door",
      "make it happen",
      "make it happen: a page for our gym",
    ],
    ...["change the world", "Change the name of the game", "please", "can you make it?", "Please Undo Nothing GmbH"],
    ...["Change Makers in Berlin", "Make Website for Bakery in Lisbon", "Lisbon → Porto", "a darker shade of pale"],
    ...["make a page for a coffee shop, darker than usual", 'a page "About us" with "Contact" set in serif'],
    ...["Swap shop in Bristol", "replace windows in Leeds", "undo: a memory game", "plus sombre que la nuit", "change"],
    ...["Ersetze Plastik durch Holz", "Ändere Dein Leben in 30 Tagen", "Tausche Wohnung gegen Haus!"],
    ...["غيّر حياتك إلى الأفضل", "V8", "The V8", "R 8", "第1"],
    ...["A shop, and change “A” to “B”", "页面", "bakery", "make it darker and add a menu", "x".repeat(500)],
  ])("%p", (text) => expect(isPlainWish(text)).toBe(false));
});

describe("words that are nothing without a page", () => {
  test.each([
    "undo",
    "Go back!",
    "bitte rückgängig machen",
    "make it darker",
    "mach es heller",
    "更暗一点",
    "back to version 2",
  ])("%p", (text) => expect([isPlainWish(text), needsPage(text)]).toEqual([true, true]));
  test.each([
    "Brighter",
    "lebih terang",
    "make it blue",
    "Change EUR to USD: an exchange office",
    "Replace Ember with Glut",
  ])("%p could be its name", (text) => expect(needsPage(text)).toBe(false));
});
