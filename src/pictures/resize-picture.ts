import {
  ColorSpace,
  FilterType,
  type IMagickImage,
  ImageMagick,
  initializeImageMagick,
  MagickFormat,
  MagickGeometry,
  MagickImageInfo,
  MagickReadSettings,
  ResourceLimits,
} from "@imagemagick/magick-wasm";
import wasmFile from "@imagemagick/magick-wasm/magick.wasm" with { type: "file" };
import { maxPictureBytes, maxPixels, type Picture, PictureError, type PictureVariant } from "./picture.ts";
import { type PictureFormat, sniffFormat } from "./sniff-format.ts";

const formats: Record<PictureFormat, MagickFormat> = {
  jpeg: MagickFormat.Jpeg,
  png: MagickFormat.Png,
  webp: MagickFormat.WebP,
  gif: MagickFormat.Gif,
  heic: MagickFormat.Heic,
  avif: MagickFormat.Avif,
};

/** Longest edges. The largest fills a wide screen, the smallest half a phone's. */
const edges = [1600, 800, 400] as const;
/** Photographs bear more loss than drawings and letters. */
const quality = { photo: 80, drawing: 92 } as const;

const memoryBytes = 400n * 1024n * 1024n;

let initialized: Promise<void> | undefined;

async function initialize(): Promise<void> {
  const module = await WebAssembly.compile(await Bun.file(wasmFile).arrayBuffer());
  await initializeImageMagick(module);
  ResourceLimits.memory = memoryBytes;
  // What does not fit into memory would go to a file system that is memory too.
  ResourceLimits.disk = 0n;
  ResourceLimits.listLength = 8n;
}

/**
 * Decodes, turns upright, strips and shrinks a picture; CMYK becomes sRGB. Nothing of the original's bytes is kept, so
 * neither is its place on Earth, nor what else was hidden in it.
 *
 * Takes seconds of CPU and up to half a gigabyte, and a hostile picture may never end: run it in a process of its own
 * ({@link preparePicture}).
 *
 * @throws {PictureError}
 */
export async function resizePicture(bytes: Uint8Array): Promise<Picture> {
  if (bytes.byteLength > maxPictureBytes) throw new PictureError("too_large");
  const format = sniffFormat(bytes);
  if (format === undefined) throw new PictureError("unreadable");
  initialized ??= initialize();
  await initialized;

  const settings = new MagickReadSettings({ format: formats[format], frameIndex: 0, frameCount: 1 });
  let info: { width: number; height: number };
  try {
    info = MagickImageInfo.create(bytes, settings);
  } catch (cause) {
    throw new PictureError("unreadable", { cause });
  }
  if (info.width * info.height > maxPixels) throw new PictureError("too_large");
  // A JPEG can be decoded at a fraction of its size; twice what is needed leaves the quality to the resizing.
  const enough = edges[0] * 2;
  if (format === "jpeg" && Math.max(info.width, info.height) > enough) {
    settings.setDefine(MagickFormat.Jpeg, "size", `${enough}x${enough}`);
  }
  try {
    return ImageMagick.read(bytes, settings, (image) => {
      image.autoOrient();
      if (image.colorSpace !== ColorSpace.Gray) image.colorSpace = ColorSpace.sRGB;
      image.strip();
      image.filterType = FilterType.Mitchell;
      // Half the time of the default method, for files a twentieth larger.
      image.settings.setDefine(MagickFormat.WebP, "method", "2");
      image.quality = format === "png" || format === "gif" ? quality.drawing : quality.photo;
      return { variants: shrink(image) };
    });
  } catch (cause) {
    throw new PictureError("unreadable", { cause });
  }
}

/** The picture in each size that is worth a file, largest first. */
function shrink(image: IMagickImage): PictureVariant[] {
  const variants: PictureVariant[] = [];
  for (const edge of edges) {
    const longest = Math.max(image.width, image.height);
    if (longest > edge) image.resize(new MagickGeometry(edge, edge));
    else if (variants.length > 0) continue;
    image.write(MagickFormat.WebP, (data) => {
      // The codec's memory is used again.
      variants.push({ width: image.width, height: image.height, bytes: data.slice() });
    });
  }
  return variants;
}
