#define COBJMACROS
#include "write-picture.h"

#include <initguid.h>
#include <stdbool.h>
#include <stdio.h>
#include <windows.h>
#include <wincodec.h>

/** By Windows' own codecs. */
static bool write_coded(const struct picture *picture, const wchar_t *path, const GUID *kind) {
  IWICImagingFactory *factory = NULL;
  IWICStream *stream = NULL;
  IWICBitmapEncoder *encoder = NULL;
  IWICBitmapFrameEncode *frame = NULL;
  WICPixelFormatGUID format = GUID_WICPixelFormat24bppBGR;
  UINT stride = picture->width * 3;
  bool written =
      SUCCEEDED(CoCreateInstance(&CLSID_WICImagingFactory, NULL, CLSCTX_INPROC_SERVER, &IID_IWICImagingFactory,
                                 (void **)&factory)) &&
      SUCCEEDED(IWICImagingFactory_CreateStream(factory, &stream)) &&
      SUCCEEDED(IWICStream_InitializeFromFilename(stream, path, GENERIC_WRITE)) &&
      SUCCEEDED(IWICImagingFactory_CreateEncoder(factory, kind, NULL, &encoder)) &&
      SUCCEEDED(IWICBitmapEncoder_Initialize(encoder, (IStream *)stream, WICBitmapEncoderNoCache)) &&
      SUCCEEDED(IWICBitmapEncoder_CreateNewFrame(encoder, &frame, NULL)) &&
      SUCCEEDED(IWICBitmapFrameEncode_Initialize(frame, NULL)) &&
      SUCCEEDED(IWICBitmapFrameEncode_SetSize(frame, picture->width, picture->height)) &&
      SUCCEEDED(IWICBitmapFrameEncode_SetPixelFormat(frame, &format)) &&
      IsEqualGUID(&format, &GUID_WICPixelFormat24bppBGR) &&
      SUCCEEDED(IWICBitmapFrameEncode_WritePixels(frame, picture->height, stride, stride * picture->height,
                                                  picture->points)) &&
      SUCCEEDED(IWICBitmapFrameEncode_Commit(frame)) && SUCCEEDED(IWICBitmapEncoder_Commit(encoder));
  if (frame != NULL) IWICBitmapFrameEncode_Release(frame);
  if (encoder != NULL) IWICBitmapEncoder_Release(encoder);
  if (stream != NULL) IWICStream_Release(stream);
  if (factory != NULL) IWICImagingFactory_Release(factory);
  return written;
}

/** Windows has no codec for it; plain points, rows from the top. */
static bool write_targa(const struct picture *picture, const wchar_t *path) {
  FILE *file = _wfopen(path, L"wb");
  if (file == NULL) return false;
  uint8_t header[18] = {0, 0, 2};
  header[12] = picture->width & 0xff, header[13] = picture->width >> 8;
  header[14] = picture->height & 0xff, header[15] = picture->height >> 8;
  header[16] = 24, header[17] = 0x20;
  size_t rows = (size_t)picture->height;
  bool written = fwrite(header, sizeof header, 1, file) == 1 &&
                 fwrite(picture->points, (size_t)picture->width * 3, rows, file) == rows;
  return fclose(file) == 0 && written;
}

const char *write_picture(const struct picture *picture, const wchar_t *path) {
  const wchar_t *ending = wcsrchr(path, L'.');
  if (ending == NULL) ending = L"";
  bool written;
  if (_wcsicmp(ending, L".png") == 0) {
    written = write_coded(picture, path, &GUID_ContainerFormatPng);
  } else if (_wcsicmp(ending, L".jpg") == 0 || _wcsicmp(ending, L".jpeg") == 0) {
    written = write_coded(picture, path, &GUID_ContainerFormatJpeg);
  } else if (_wcsicmp(ending, L".bmp") == 0) {
    written = write_coded(picture, path, &GUID_ContainerFormatBmp);
  } else if (_wcsicmp(ending, L".tif") == 0 || _wcsicmp(ending, L".tiff") == 0) {
    written = write_coded(picture, path, &GUID_ContainerFormatTiff);
  } else if (_wcsicmp(ending, L".tga") == 0) {
    written = write_targa(picture, path);
  } else {
    return "this kind of picture is not known: png, jpg, bmp, tif or tga";
  }
  return written ? NULL : "the picture cannot be written there";
}
