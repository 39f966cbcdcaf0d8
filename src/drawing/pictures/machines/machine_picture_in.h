/* The two forms of a machine's picture. */
#ifndef PICTURES_MACHINES_MACHINE_PICTURE_IN_H
#define PICTURES_MACHINES_MACHINE_PICTURE_IN_H

#include "pictures/machines/machine_layout.h"
#include "pictures/machines/machine_picture.h"

/* machine_picture.c: lays M out in a room that is ROOM wide, but no wider than
 * is good; and draws what was laid out into AREA, or the list where that is too
 * low. */
bool picture_figure_fit(
    const struct machine *m, size_t room, struct picture_figure *f);
void
picture_figure_draw(const struct machine *m, const struct picture_figure *f,
    const struct machine_picture_now *now, const struct grid_area *area);

/* machine_list.c */
void picture_list_draw(const struct machine *m,
    const struct machine_picture_now *now, const struct grid_area *area);

#endif
