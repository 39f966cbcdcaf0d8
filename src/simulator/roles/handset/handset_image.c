/*
 * The firmware as bytes of the program: the assembler takes them from the file
 * in assets, which no compiler has to read as C.
 */
#include "roles/handset/handset_image.h"

__asm__(".pushsection .rodata\n"
	".balign 16\n"
	".global handset_image_bytes, handset_image_end\n"
	"handset_image_bytes:\n"
	".incbin \"assets/handset/handset.elf\"\n"
	"handset_image_end:\n"
	".popsection\n");

extern const char handset_image_bytes[], handset_image_end[];

struct str
handset_image(void)
{
	return (struct str){ handset_image_bytes,
		(size_t)(handset_image_end - handset_image_bytes) };
}
