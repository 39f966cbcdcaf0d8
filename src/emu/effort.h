/* What emulating a board costs the host, counted: see board_allow. */
#ifndef EMU_EFFORT_H
#define EMU_EFFORT_H

#include <stdint.h>

struct board;

#define EFFORT_STEP        1000u /* of a run of the processor or the devices */
#define EFFORT_DEVICE      40u   /* of an access to a device */
#define EFFORT_BOOT_BYTES  4u    /* of memory that is cleared */
#define EFFORT_TRANSLATION 3000u /* of a block … */
#define EFFORT_TRANSLATED  300u  /* … and of each of its instructions */

/* A block of SIZE bytes and N instructions, executed once. */
uint32_t effort_of_block(
    const struct board *b, uint32_t address, uint32_t size, uint32_t n);

#endif
