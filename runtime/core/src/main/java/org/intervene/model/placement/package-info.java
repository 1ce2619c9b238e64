/**
 * Says on which device each part of a model lies, by what the devices have free and the parts need.
 * No tensors here: devices are names.
 */
package org.intervene.model.placement;
