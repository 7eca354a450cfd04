/**
 * Holds what the module answers to what its descriptions say: JSON Schemas, OpenAPI, AsyncAPI.
 * Every outcome that a fixture of the tests reads comes by here.
 */
@NullMarked
package io.github.orderlookup.description;

import org.jspecify.annotations.NullMarked;
