import type { Catalogue } from "./catalogue.ts";

export const es: Catalogue = {
  start:
    "¡Hola! Dime en una frase qué página necesitas y te enviaré un enlace a ella.\n\nPor ejemplo: <i>Una página para mi cafetería, en colores cálidos, con el horario</i>",
  help: "Envíame una descripción y haré con ella una página web.\n\n/new – describir una página (necesario en grupos)\n/cancel – detener lo que estoy haciendo\n/help – este mensaje\n\nCuanto más me cuentes (nombre, colores, secciones, idioma), más se parecerá la página a lo que imaginas.",
  greeting:
    "¡Hola a todos! Para pedirme una página web, mencionadme con una descripción o escribid /new y la descripción:\n\n<i>/new una invitación a nuestra fiesta de verano</i>",
  accepted: "Entendido, estoy escribiendo tu página. El enlace llegará aquí en un minuto más o menos.",
  completed: "<b>{title}</b> está lista:\n{url}",
  open: "Abrir",
  cancelled: "Detenido. No se ha publicado nada.",
  nothing_to_cancel: "Ahora mismo no hay nada que detener.",
  describe: "¿De qué debe tratar la página? Basta una frase: <i>una página para mi panadería en Lisboa</i>",
  too_long: "Es más texto del que puedo leer de una vez. Acórtalo, por favor, y envíalo de nuevo.",
  shortened: "Ese texto es más largo de lo que puedo leer de una vez: usaré el principio.",
  caption: "Añade unas palabras, por favor: ¿qué página hago con esto?",
  voice: "Todavía no puedo escuchar. Escríbeme, por favor, qué página necesitas.",
  text_only: "Trabajo con palabras: escríbeme, por favor, qué página necesitas.",
  unknown_command: "No conozco ese comando. Describe la página que necesitas o mira /help.",
  payment: "Gracias, pero este bot no acepta pagos. Pide el reembolso a quien lo administra.",
  not_allowed: "Lo siento, este bot es privado. Quien lo administra puede darte acceso; tu id es <code>{user}</code>.",
  anonymous: "No sé quién eres cuando escribes como el grupo o como un canal. Escribe, por favor, con tu cuenta.",
  button_expired: "Este botón ya no funciona.",
  failed: {
    provider: "El servicio de IA no respondió, y lo intenté varias veces. Envía tu mensaje de nuevo dentro de un rato.",
    setup: "No puedo usar el servicio de IA por la configuración de este bot. Avisa, por favor, a quien lo administra.",
    refused: "El servicio de IA no quiso hacer esta página. Descríbela de otra manera, por favor.",
    output:
      "Lo que llegó no era una página completa, así que no la publiqué. Inténtalo de nuevo o descríbela de forma más sencilla.",
    storage: "La página se hizo, pero no se pudo guardar. Envía tu mensaje de nuevo dentro de un rato.",
    internal: "Algo salió mal por nuestra parte. Envía tu mensaje de nuevo, por favor.",
  },
  commands: { new: "Hacer una página nueva", cancel: "Detener lo que se está haciendo", help: "Qué puedo hacer" },
};
