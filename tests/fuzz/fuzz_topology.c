/*
 * A topology file: read, or refused with a sentence; and what our scan lets
 * pass Graphviz reads as well.
 */
#include "fuzz.h"

#include "scenario/topology.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct diag d = DIAG_INIT;
	struct topology *t = NULL;
	int err = topology_read(
	    &t, (struct str){ (const char *)bytes, n }, "f.gv", NULL, 0, &d);

	fuzz_want(err == d.err && (err == 0) == (t != NULL));
	fuzz_want(err == 0 || d.text[0] != '\0');
	/* A word of the file's own may stand in the sentence. */
	fuzz_want(memmem(bytes, n, "Graphviz", 8) != NULL ||
		  (strstr(d.text, "Graphviz can't read it") == NULL &&
		      strstr(d.text, "Graphviz and rung read") == NULL));
	topology_destroy(t);
	return 0;
}
