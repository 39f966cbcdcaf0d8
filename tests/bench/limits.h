/*
 * What make count holds its rows to: of each its limit, the aim to which it is
 * to come, and its name are a line of tests/bench/limits.  The first line that
 * is no remark says how much the limits are of their aims, all added up: who
 * raises one lets another fall by as much.
 */
#ifndef LIMITS_H
#define LIMITS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIMITS_FILE "tests/bench/limits"

struct limit {
	unsigned most, aim;
};

/* That of WHAT; or, where it is NULL, how much the limits are TOGETHER of their
 * aims, and how much they may be.  All 0: it has none. */
static struct limit
limit_find(const char *what, double together[2])
{
	FILE *f = fopen(LIMITS_FILE, "r");
	struct limit found = { 0, 0 };
	char line[256], name[128];
	double may = 0, all = 0;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		struct limit l;

		if (sscanf(line, "together %lf", &may) == 1 ||
		    sscanf(line, "%u %u %127[^\n]", &l.most, &l.aim, name) != 3)
			continue;
		all += l.aim > 0 ? (double)l.most / l.aim : 0;
		if (what != NULL && strcmp(name, what) == 0)
			found = l;
	}
	if (f != NULL)
		fclose(f);
	if (together != NULL) {
		together[0] = all;
		together[1] = may;
	}
	return found;
}

/* The limits are not too much of their aims; said where they are, or SAY. */
static inline unsigned
limits_check(int say)
{
	double together[2];
	unsigned failed;

	limit_find(NULL, together);
	failed = together[0] <= 0 || together[0] > together[1] + 0.0005;
	if (failed || say)
		printf("the limits: %.3f times their aims (%.3f are written "
		       "in " LIMITS_FILE ")\n",
		    together[0], together[1]);
	return failed;
}

#endif
