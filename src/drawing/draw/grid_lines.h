/*
 * Lines on a grid that meet: each cell knows to which sides lines leave it, and
 * that says whether it is a straight piece, a corner, a branch or a crossing.
 */
#ifndef DRAW_GRID_LINES_H
#define DRAW_GRID_LINES_H

#include "draw/grid.h"

/* The sides a line goes to from the middle of a cell. */
#define SIDE_UP    1u
#define SIDE_DOWN  2u
#define SIDE_LEFT  4u
#define SIDE_RIGHT 8u

enum canvas_glyph grid_line_glyph(unsigned sides);
/* The head of an arrow that comes from SIDE. */
enum canvas_glyph grid_head_glyph(unsigned side);

/* The side at which the straight way from one cell to another leaves. */
unsigned grid_line_towards(size_t x, size_t y, size_t to_x, size_t to_y);
unsigned grid_line_back(unsigned side); /* the side opposite */
void grid_line_step(unsigned side, size_t *x, size_t *y);

#endif
