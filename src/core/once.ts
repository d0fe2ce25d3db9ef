/**
 * The same call, which is made once for equal requests: later ones get the first answer. One that failed is made again.
 * It remembers for as long as it is held, which is for one preview of one resource.
 */
export function once<Request, Answer>(
  call: (request: Request) => Promise<Answer>,
): (request: Request) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (request) => {
    const key = JSON.stringify(request);
    const known = answers.get(key);
    if (known) return known;
    const answer = call(request);
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    return answer;
  };
}
