"""Documents from and to the document management system, as edXML (QCVN 102:2016/BTTTT) has them."""
