/* Shared by the files of a worksheet: the lines of a plan. */
#ifndef GRADE_WORKSHEET_IN_H
#define GRADE_WORKSHEET_IN_H

#include "grade/mark.h"
#include "grade/worksheet.h"

enum sheet_picture { SHEET_NONE, SHEET_LADDER, SHEET_BLANK };

/* A lab on the sheet, with its lesson and trace. */
struct sheet_lab {
	const char *name; /* borrowed from the call */
	struct work work; /* without answers */
	struct mark mark;
	unsigned tasks; /* bits, 1 << (number - 1) */
	enum sheet_picture picture;
	bool alone; /* the sheet is of this lab only */
};

typedef int sheet_fn(struct sheet_lab *lab, void *arg, struct diag *d);

/* Calls FN for each lab that NAME, a plan or lab, has, until it returns an
 * error.  *PLAN becomes the plan's text, empty for a lab. */
int worksheet_each_lab(const char *name, const char *student, struct buf *plan,
    sheet_fn *fn, void *arg, struct diag *d);

/* "2 points" */
void worksheet_put_points(struct buf *out, unsigned points);

#endif
