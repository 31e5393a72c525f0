import { expect, test } from "bun:test";
import { readTextWish } from "../../../src/edits/instant/text-wish.ts";

test.each([
  ["Change Blue Note to Green Note", "Blue Note", "Green Note"],
  ["Please, change Tom to Tom & Sons.", "Tom", "Tom & Sons"],
  ["Por favor, cambia “Hola” por “Buenas, amigos y amigas”", "Hola", "Buenas, amigos y amigas"],
  ["Ersetze „Tee“ durch „Kaffee“, bitte", "Tee", "Kaffee"],
  ["Blue Note → Green Note", "Blue Note", "Green Note"],
])("%s", (request, from, to) => {
  expect(readTextWish(request)).toEqual({ from, to });
});

test.each([
  "Change Blue Note to Green Note & make it darker",
  "Change Blue Note to Green Note and add a map",
  'Change "Blue Note" to "Green Note" and make it darker',
  "Change Blue Note to Green Note, then make it darker",
  "Ersetze Blau durch Grün und mach alles größer",
  "Замени Кафе на Чайная и сделай темнее",
  "把蓝调改成绿调，并加一张地图",
])("a second wish is for a model: %s", (request) => {
  expect(readTextWish(request)).toBeUndefined();
});
