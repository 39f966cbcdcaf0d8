/* Growing arrays. */
#include "base/array.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"

#define LEAST 8 /* elements */

int
array_resize(void *list, size_t n, size_t size)
{
	void *p;

	/* Whatever type of pointer it is: its bytes. */
	memcpy(&p, list, sizeof(p));
	p = mem_realloc_array(p, n, size);
	if (p == NULL)
		return ERR_NOMEM;
	memcpy(list, &p, sizeof(p));
	return 0;
}

int
array_grow(void *list, size_t *cap, size_t n, size_t size)
{
	size_t more = *cap != 0 ? *cap * 2 : LEAST;
	int err;

	/* Also where doubling wrapped around. */
	if (more < n)
		more = n;
	err = array_resize(list, more, size);
	if (err == 0)
		*cap = more;
	return err;
}
