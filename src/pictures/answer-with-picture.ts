import { maxPictureBytes, PictureError } from "./picture.ts";
import { formatPicture, formatProblem } from "./picture-message.ts";

/** The other side of {@link createPreparePicture}: a file in, a message out. */
export async function answerWithPicture(file: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of file) {
      size += chunk.byteLength;
      if (size > maxPictureBytes) throw new PictureError("too_large");
      chunks.push(chunk);
    }
    // The codec is large, and no other command needs it.
    const { resizePicture } = await import("./resize-picture.ts");
    return formatPicture(await resizePicture(Buffer.concat(chunks)));
  } catch (error) {
    if (error instanceof PictureError) return formatProblem(error.problem);
    throw error;
  }
}
