import type { Catalogue } from "./catalogue.ts";

export const pt: Catalogue = {
  start:
    "Olá! Diga em uma frase de que página você precisa, e eu envio o link.\n\nPor exemplo: <i>Uma página para o meu café, em cores quentes, com o horário</i>",
  help: "Envie uma descrição e eu faço dela uma página web.\n\n/new – descrever uma página (necessário em grupos)\n/cancel – parar o que estou fazendo\n/help – esta mensagem\n\nQuanto mais você contar (nome, cores, seções, idioma), mais a página vai se parecer com o que imagina.",
  greeting:
    "Olá a todos! Para pedir uma página web, mencionem meu nome com uma descrição ou escrevam /new e a descrição:\n\n<i>/new um convite para a nossa festa de verão</i>",
  accepted: "Certo, estou escrevendo a sua página. O link chega aqui em um minuto, mais ou menos.",
  completed: "<b>{title}</b> está pronta:\n{url}",
  open: "Abrir",
  cancelled: "Parado. Nada foi publicado.",
  nothing_to_cancel: "No momento não há nada para parar.",
  describe: "Sobre o que deve ser a página? Basta uma frase: <i>uma página para a minha padaria em Lisboa</i>",
  too_long: "É mais texto do que consigo ler de uma vez. Encurte-o, por favor, e envie de novo.",
  shortened: "Esse texto é mais longo do que consigo ler de uma vez: vou usar o início.",
  caption: "Acrescente algumas palavras, por favor: que página devo fazer com isto?",
  voice: "Ainda não consigo ouvir. Escreva, por favor, de que página você precisa.",
  text_only: "Trabalho com palavras: escreva, por favor, de que página você precisa.",
  unknown_command: "Não conheço esse comando. Descreva a página de que você precisa ou veja /help.",
  payment: "Obrigado, mas este bot não aceita pagamentos. Peça o reembolso a quem o administra.",
  not_allowed:
    "Desculpe, este bot é privado. Quem o administra pode liberar o seu acesso; o seu id é <code>{user}</code>.",
  anonymous: "Não sei quem você é quando escreve como o grupo ou um canal. Escreva, por favor, com a sua conta.",
  button_expired: "Este botão não funciona mais.",
  failed: {
    provider: "O serviço de IA não respondeu, e tentei várias vezes. Envie a mensagem de novo daqui a pouco.",
    setup: "Não consigo usar o serviço de IA por causa da configuração deste bot. Avise, por favor, quem o administra.",
    refused: "O serviço de IA recusou fazer esta página. Descreva-a de outra forma, por favor.",
    output:
      "O que chegou não era uma página completa, por isso não a publiquei. Tente de novo ou descreva-a de forma mais simples.",
    storage: "A página foi feita, mas não pôde ser guardada. Envie a mensagem de novo daqui a pouco.",
    internal: "Algo deu errado do nosso lado. Envie a mensagem de novo, por favor.",
  },
  commands: { new: "Fazer uma página nova", cancel: "Parar o que está sendo feito", help: "O que sei fazer" },
};
