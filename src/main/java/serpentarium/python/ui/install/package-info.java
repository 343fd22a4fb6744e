/// Installing a Python: what there is to choose from, what the build would lack, and the build as it goes on.
package serpentarium.python.ui.install;
