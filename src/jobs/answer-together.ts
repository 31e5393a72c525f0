interface Waiting<Request, Answer> extends PromiseWithResolvers<Answer> {
  request: Request;
}

/**
 * Asks for all who ask while the last question is under way with one.
 *
 * @param most Requests answered at once.
 * @param ask Resolves to the answers of the first requests, at least of one; the others are asked again.
 *   What it throws is told to all of them.
 */
export function answerTogether<Request, Answer>(
  most: number,
  ask: (requests: Request[]) => Promise<(Answer | PromiseLike<Answer>)[]>,
): (request: Request) => Promise<Answer> {
  let waiting: Waiting<Request, Answer>[] = [];
  let asking = false;

  async function askAll(): Promise<void> {
    asking = true;
    // Requests come several at a time.
    await Promise.resolve();
    while (waiting.length > 0) {
      const asked = waiting.splice(0, most);
      try {
        const answers = await ask(asked.map(({ request }) => request));
        for (const answer of answers) asked.shift()?.resolve(answer);
        waiting = [...asked, ...waiting];
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    asking = false;
  }

  return (request) => {
    const one = { request, ...Promise.withResolvers<Answer>() };
    waiting.push(one);
    if (!asking) void askAll();
    return one.promise;
  };
}
