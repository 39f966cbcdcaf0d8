/*
 * A firmware image: an ELF file for ARM, checked once and shared by all boards
 * that run it.  Its segments, the names of its functions and the font with
 * which it draws.  The bytes are hostile: each offset is held against the
 * file's size, and an error comes with a sentence.
 *
 * Tool Interface Standard, ELF specification 1.2; ELF for the Arm architecture.
 */
#ifndef EMU_IMAGE_H
#define EMU_IMAGE_H

#include "base/diag.h"

#include <stdint.h>

struct image;

#define IMAGE_MAX (64u << 20) /* bytes of a file */

/*
 * Reads ELF, of which it keeps a copy.  *IM is shared (base/ref.h): the caller
 * is its first holder, each board holds it as well.  0, ERR_NOMEM, or with a
 * sentence in D (which may be NULL): ERR_SYNTAX (no ELF, or broken),
 * ERR_UNSUPPORTED (64 bits, big-endian, another machine), ERR_LIMIT (too
 * large), ERR_RANGE (a segment where the board has no memory).
 */
int image_create(struct image **im, struct str elf, struct diag *d);

/* The function that ADDRESS lies in, and how far in where OFFSET is not NULL;
 * NULL where no symbol tells.  Printable ASCII; lives as long as IM. */
const char *
image_function(const struct image *im, uint32_t address, uint32_t *offset);
/* Where the function or object NAME stands; false where there is none. */
bool image_find(const struct image *im, const char *name, uint32_t *address);

/* Bytes that the image takes in memory, what it clears included. */
uint32_t image_size(const struct image *im);

#endif
